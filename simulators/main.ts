// The simulators as a program: settings from the environment (settings.ts), one line with the address, a clean stop.
import { readSimulatorSettings, WrongSetting } from './settings.js';
import { PortTaken, startSimulators } from './start.js';

async function main(): Promise<void> {
  const simulators = await startSimulators(readSimulatorSettings(process.env));
  console.log(`Phones and simulators: ${simulators.url}/`);

  const stop = (): void => {
    simulators.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function fail(error: unknown): never {
  if (error instanceof WrongSetting) console.error(`The simulators cannot start:\n${error.message}`);
  else if (error instanceof PortTaken)
    console.error(`The simulators cannot start: ${error.message}. Stop what uses it, or set SIM_PORT to another one.`);
  else console.error('The simulators failed:', error);
  process.exit(1);
}

main().catch(fail);
