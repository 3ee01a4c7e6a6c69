// An agency for tests that is open on every day of the week, so that it does not matter when they run.

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** AGENCIES_FILE with the example's agency, open in these periods. */
export function openAtHours(...periods: string[]): string {
  const hours = DAYS.map((day) => `${day}: [${periods.map((period) => `"${period}"`).join(', ')}]`).join(', ');
  return `
- id: mot-cua
  name: Bộ phận Một cửa
  hours: { ${hours} }
  targets:
    urgent: { firstAnswer: 5, nextAnswer: 10, resolution: 120 }
    high: { firstAnswer: 10, nextAnswer: 20, resolution: 240 }
    normal: { firstAnswer: 20, nextAnswer: 30, resolution: 480 }
    low: { firstAnswer: 60, nextAnswer: 120, resolution: 1440 }
  handBackAfterMinutes: 30
  reopenWithinMinutes: 1440
`;
}
