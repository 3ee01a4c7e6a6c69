// The line at the top: where one is, whose conversations are shown, whether one is on duty, and the officer's own menu.
import { ActionIcon, Menu, Select, Tooltip, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import {
  IconBrightness,
  IconChevronDown,
  IconKeyboard,
  IconLock,
  IconLogout,
  IconMenu2,
  IconMoon,
  IconSearch,
  IconSun,
} from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { useAgency } from '../api/agency.js';
import { useCan, useMe, useSignOut } from '../api/session.js';
import { Person } from '../parts/ticket-marks.js';
import { COMMON } from '../texts/common.js';
import { NAV, SHELL } from '../texts/shell.js';
import { DutySwitch } from './duty-switch.js';
import { useSingleKeys } from './keys.js';
import classes from './shell.module.css';

export function Header({ openMenu, openHelp }: { openMenu: () => void; openHelp: () => void }) {
  const can = useCan();
  const [, navigate] = useLocation();
  return (
    <header className={classes.header}>
      <ActionIcon className={classes.burger} onClick={openMenu} aria-label={SHELL.openMenu} size="lg">
        <IconMenu2 size={20} />
      </ActionIcon>
      <Link to="/" className={classes.brand} aria-label={COMMON.product}>
        <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width={24} height={24} />
        <span className={classes.brandName}>{COMMON.product}</span>
      </Link>
      <AgencyFilter />
      <span className={classes.space} />
      {can('tickets.read') && (
        <Tooltip label={`${NAV.search}  /`}>
          <ActionIcon size="lg" aria-label={NAV.search} onClick={() => navigate('/search')}>
            <IconSearch size={18} />
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip label={`${SHELL.keys}  ?`}>
        <ActionIcon size="lg" className={classes.wideOnly} aria-label={SHELL.keys} onClick={openHelp}>
          <IconKeyboard size={19} />
        </ActionIcon>
      </Tooltip>
      {can('tickets.work') && <DutySwitch />}
      <UserMenu openHelp={openHelp} />
    </header>
  );
}

function AgencyFilter() {
  const { agencies } = useMe();
  const { agency, choose } = useAgency();
  if (agencies.length < 2) {
    return <span className={classes.agencyName}>{agencies[0]?.name}</span>;
  }
  return (
    <Select
      className={classes.agency}
      aria-label={SHELL.agency}
      size="xs"
      searchable={agencies.length > 8}
      allowDeselect={false}
      value={agency ?? ''}
      onChange={(value) => choose(value === '' || value === null ? undefined : value)}
      data={[{ value: '', label: COMMON.allAgencies }, ...agencies.map(({ id, name }) => ({ value: id, label: name }))]}
    />
  );
}

function UserMenu({ openHelp }: { openHelp: () => void }) {
  const me = useMe();
  const [, navigate] = useLocation();
  const signOut = useSignOut();
  const keys = useSingleKeys();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const schemes = [
    ['light', SHELL.light, IconSun],
    ['dark', SHELL.dark, IconMoon],
    ['auto', SHELL.auto, IconBrightness],
  ] as const;
  return (
    <Menu width={250}>
      <Menu.Target>
        <UnstyledButton className={classes.user}>
          <span aria-hidden="true">
            <Person name={me.name} size={28} told />
          </span>
          <span className="visually-hidden">
            {SHELL.account}: {me.name}
          </span>
          <IconChevronDown size={14} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.name} · {me.username}
        </Menu.Label>
        <Menu.Item leftSection={<IconLock size={16} />} onClick={() => navigate('/password')}>
          {SHELL.password}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={openHelp}>
          {SHELL.keys}
        </Menu.Item>
        <Menu.CheckboxItem checked={keys.on} onChange={keys.turn}>
          {SHELL.singleKeys}
        </Menu.CheckboxItem>
        <Menu.Divider />
        <Menu.Label>{SHELL.colour}</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => setColorScheme(schemes.find(([one]) => one === value)?.[0] ?? 'auto')}
        >
          {schemes.map(([value, label, Icon]) => (
            <Menu.RadioItem key={value} value={value} rightSection={<Icon size={16} />}>
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signOut.mutate()}>
          {SHELL.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
