// The part of opossum that portal-connection.ts uses; the package brings no types.
declare module 'opossum' {
  interface Options {
    timeout: number | false;
    errorThresholdPercentage: number;
    volumeThreshold: number;
    resetTimeout: number;
    rollingCountTimeout: number;
    rollingPercentilesEnabled: boolean;
    /** True: this failure says nothing about the service's health. */
    errorFilter(error: unknown): boolean;
  }
  export default class CircuitBreaker<Args extends unknown[], Result> {
    constructor(action: (...args: Args) => Promise<Result>, options: Options);
    readonly opened: boolean;
    /** Rejects with code EOPENBREAKER while open. */
    fire(...args: Args): Promise<Result>;
    shutdown(): void;
  }
}
