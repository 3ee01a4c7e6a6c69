// What can be made to go wrong, and how each choice is said to the simulators. The two platforms share one set of
// switches; the portal has its own. Nothing is drawn here.

const SLOW_MS = 4_000;

/** `times: null` lasts until switched off, 1 hits the next call only. */
const platformFaults = {
  down: { action: { kind: 'disconnect' }, times: null },
  slow: { action: { kind: 'slow', ms: SLOW_MS }, times: null },
  limited: { action: { kind: 'rateLimited' }, times: null },
  expired: { action: { kind: 'tokenExpired' }, times: 1 },
  unknown: { action: { kind: 'resetAfter' }, times: 1 },
};

const portalFaults = {
  down: { kind: 'down' },
  slow: { kind: 'slow', delayMs: SLOW_MS },
  limited: { kind: 'rate-limited' },
  unknown: { kind: 'lost-answer', times: 1 },
  broken: { kind: 'garbage' },
};

export const modeWords = {
  normal: { label: 'Bình thường', hint: '' },
  down: { label: 'Sập', hint: 'Mọi lời gọi của bot bị đứt.' },
  slow: { label: 'Chậm', hint: 'Mỗi lời gọi phải chờ 4 giây.' },
  limited: { label: 'Quá tải', hint: 'Từ chối vì gọi quá nhiều (giới hạn tốc độ).' },
  expired: { label: 'Hết hạn token', hint: 'Lời gọi kế tiếp bị từ chối, sau đó bình thường.' },
  unknown: { label: 'Mất câu trả lời', hint: 'Lời gọi kế tiếp được nhận nhưng bot không biết kết quả.' },
  broken: { label: 'Trả lời hỏng', hint: 'Nội dung trả về bị cắt giữa chừng.' },
};

/** @returns the simulator's switches: `modes`, `current()`, `choose(mode)`, `reset()`, and `twist` where webhooks can go astray */
export function platformSwitches(simulator) {
  return {
    modes: ['normal', ...Object.keys(platformFaults)],
    async current() {
      const set = (await simulator.faults()).at(-1)?.action.kind;
      return Object.keys(platformFaults).find((mode) => platformFaults[mode].action.kind === set) ?? 'normal';
    },
    async choose(mode) {
      await simulator.clearFaults();
      if (mode !== 'normal') await simulator.addFault(platformFaults[mode]);
    },
    webhookOff: async () => (await simulator.state()).webhookDisabled === true,
    enableWebhook: () => simulator.enableWebhook(),
    twist: {
      duplicate: (on) => simulator.setTwists(on ? { copies: 2, parallel: true } : {}),
      reorder: (on) => (on ? simulator.hold() : simulator.release('reversed')),
    },
  };
}

export function portalSwitches(simulator) {
  return {
    modes: ['normal', ...Object.keys(portalFaults)],
    async current() {
      const set = (await simulator.state()).faults[0]?.kind;
      return Object.keys(portalFaults).find((mode) => portalFaults[mode].kind === set) ?? 'normal';
    },
    choose: (mode) => simulator.addFault(portalFaults[mode] ?? { kind: 'none' }),
  };
}
