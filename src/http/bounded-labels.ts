// Values of a metric's label that come from outside our code, bounded in number: each new one is a time series for ever.

const MAX_VALUES = 100;
const MAX_LENGTH = 60;
export const OTHER = 'other';

/** The first hundred values of one label; whatever comes after them is `other`. */
export class BoundedLabels {
  private readonly known = new Set<string>();

  of(value: string): string {
    const short = value.slice(0, MAX_LENGTH);
    if (this.known.has(short)) return short;
    if (this.known.size >= MAX_VALUES) return OTHER;
    this.known.add(short);
    return short;
  }
}
