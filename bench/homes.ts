// The two homes as the sections see them: settings that lead a bot there, and what the home costs beside the bot.
import type { ClusterServers, Deployment } from './cluster-servers.js';
import { cpuMsOf } from './process-cpu.js';

export type HomeName = 'embedded' | 'cluster';

export interface BenchHome {
  readonly name: HomeName;
  /** For a bot's environment, on top of the settings of stage.ts. */
  readonly env: Readonly<Record<string, string>>;
  /** CPU that its servers have used so far, milliseconds, by server; nothing on the embedded home, which has none. */
  serversCpuMs(): Record<string, number>;
  end(): Promise<void>;
}

export function embeddedHome(dataDir: string): BenchHome {
  return { name: 'embedded', env: { DATA_DIR: dataDir }, serversCpuMs: () => ({}), end: async () => {} };
}

/** A fresh one. Throws NoServers. */
export async function clusterHome(servers: ClusterServers): Promise<BenchHome & { readonly deployment: Deployment }> {
  const deployment = await servers.deploy();
  const { env, redis, mongo, end } = deployment;
  return {
    name: 'cluster',
    env,
    deployment,
    serversCpuMs: () => ({ Redis: cpuMsOf(redis.pid), MongoDB: cpuMsOf(mongo.pid()) }),
    end,
  };
}
