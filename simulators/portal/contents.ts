// Offices and news as the contract serves them, made from the compact sample at load. Streets, telephone numbers and
// mail addresses are samples and say so: the numbers begin with 0 after the area code, which no subscriber's does.
import { addWorkingDays, DAY, HOUR, isoTime, startOfDay } from './calendar.js';
import type { NewsSeed, OfficeSeed } from './sample-data.js';
import type { NewsItem, Office } from './schemas.js';

const PROVINCE = 'An Giang';

export function furnishOffices(seeds: readonly OfficeSeed[], now: number): Office[] {
  return seeds.map((seed, index) => {
    const serial = String(index + 1).padStart(3, '0');
    const areaCode = seed.longitude < 105.25 && seed.latitude < 10.45 ? '0297' : '0296';
    return {
      ...seed,
      province: PROVINCE,
      address: `Số ${index + 1} đường Ví Dụ, ${seed.commune}, tỉnh ${PROVINCE} (địa chỉ mẫu)`,
      phone: `${areaCode}0000${serial}`,
      fax: `${areaCode}0001${serial}`,
      email: `${seed.id}@angiang.example`,
      hours: 'Thứ Hai đến thứ Sáu, 7:00–11:00 và 13:00–17:00 (giờ mẫu)',
      updatedAt: isoTime(startOfDay(now) - (index + 3) * DAY),
    };
  });
}

/** Newest first. */
export function publishNews(seeds: readonly NewsSeed[], now: number): NewsItem[] {
  return seeds
    .map(({ daysAgo, ...seed }) => ({
      ...seed,
      url: `https://angiang.example/tin/${seed.id}`,
      publishedAt: isoTime(Math.min(startOfDay(addWorkingDays(now - daysAgo * DAY, 0)) + 8 * HOUR, now)),
    }))
    .sort((one, other) => other.publishedAt.localeCompare(one.publishedAt));
}
