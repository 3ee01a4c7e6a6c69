import fc from 'fast-check';
import { addWorkingDays, compactDate, isWorkingDay } from '../../../simulators/portal/calendar.js';
import { generateDossiers } from '../../../simulators/portal/dossiers.js';
import { loadSampleData } from '../../../simulators/portal/sample-data.js';
import { cleanUpAfterEach, FRIDAY, folderWith, jsonLines, smallCatalogue } from './running-portal.js';

// The shape of section 2.1 of the domain reference: QCVN 102, QĐ 20/2020, and ministries.
const codeShape = /^(?:\d{3}\.\d{2}\.\d{2,3}\.[GHK]\d{2}|[GHK]\d{2}(?:\.\d{1,3}){0,4})-\d{6}-\d{3,6}$/;
const DAY = 24 * 3_600_000;

describe('sample dossiers', () => {
  cleanUpAfterEach();
  const make = (now: number) =>
    generateDossiers(loadSampleData(folderWith({ 'procedures.jsonl': jsonLines(smallCatalogue) })), now);

  it('are about two hundred over all ten states, some due soon, some overdue', () => {
    const dossiers = make(FRIDAY).map((record) => record.dossier);
    expect(dossiers).toHaveLength(200);
    expect(new Set(dossiers.map((dossier) => dossier.status))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    const daysLeft = dossiers
      .filter((dossier) => dossier.status === 4)
      .map((dossier) => (Date.parse(dossier.dueAt ?? '') - FRIDAY) / DAY);
    expect(daysLeft.filter((days) => days < 0).length).toBeGreaterThanOrEqual(10);
    expect(daysLeft.filter((days) => days >= 0 && days <= 4).length).toBeGreaterThanOrEqual(5);
    expect(daysLeft.filter((days) => days > 4).length).toBeGreaterThanOrEqual(5);
    const finished = dossiers.filter((dossier) => dossier.status >= 9);
    const late = finished.filter((dossier) => (dossier.finishedAt ?? '') > (dossier.dueAt ?? ''));
    expect(late.length).toBeGreaterThan(0);
    expect(late.length).toBeLessThan(finished.length / 2);
  });

  it('use the codes of both former provinces, of ministries, and all three shapes', () => {
    const codes = make(FRIDAY).map((record) => record.dossier.code);
    for (const shape of [/^H01[.-]/, /^H33[.-]/, /^G\d\d\./, /^000\.\d\d\.\d\d\.H/]) {
      expect(codes.some((code) => shape.test(code))).toBe(true);
    }
  });

  it('are the same ones for the same moment', () => {
    expect(make(FRIDAY)).toEqual(make(FRIDAY));
  });

  it('send each procedure to an agency that would handle it', () => {
    for (const { dossier } of make(FRIDAY)) {
      if (dossier.procedureCode === '1.004222') expect(dossier.agency).toMatch(/^Công an phường/);
      if (dossier.procedureCode === '1.012784') expect(dossier.agency).toMatch(/Đăng ký đất đai/);
      if (dossier.procedureCode === '1.001193') expect(dossier.agency).toMatch(/^Ủy ban nhân dân/);
    }
  });

  it('hold together on any day: unique well-formed codes, nothing in the future, times in order, invented people', () => {
    const sample = loadSampleData(folderWith({ 'procedures.jsonl': jsonLines(smallCatalogue) }));
    const moments = fc.integer({ min: Date.parse('2025-08-01T00:00:00Z'), max: Date.parse('2030-01-01T00:00:00Z') });
    fc.assert(
      fc.property(moments, (now) => {
        const records = generateDossiers(sample, now);
        expect(new Set(records.map((record) => record.dossier.code)).size).toBe(records.length);
        for (const { dossier, applicant } of records) {
          const times = (dossier.history ?? []).map((entry) => Date.parse(entry.at));
          expect(dossier.code).toMatch(codeShape);
          expect(dossier.code.split('-')[1]).toBe(compactDate(Date.parse(dossier.submittedAt)));
          expect(times).toEqual([...times].sort((one, other) => one - other));
          expect(Math.max(...times)).toBeLessThanOrEqual(now);
          expect(dossier.history?.at(-1)?.status).toBe(dossier.status);
          expect(dossier.missingDocuments !== undefined).toBe(dossier.status === 5);
          expect(dossier.collectAt !== undefined).toBe(dossier.status === 9);
          if (dossier.status === 6) expect(dossier.fee).toMatchObject({ paid: false, payUrl: expect.any(String) });
          if (dossier.status >= 9 && dossier.fee !== undefined) expect(dossier.fee.paid).toBe(true);
          if (dossier.fee?.paid === true) expect(dossier.fee.payUrl).toBeUndefined();
          expect(applicant.phone).toMatch(/^095000\d{4}$/);
          expect(applicant.idNumber).toMatch(/^099\d{9}$/);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('working days', () => {
  it('are counted without week-ends and fixed holidays', () => {
    const noon = (date: string) => Date.parse(`${date}T12:00:00+07:00`);
    expect(addWorkingDays(noon('2026-11-20'), 1)).toBe(noon('2026-11-23'));
    expect(addWorkingDays(noon('2026-11-22'), 0)).toBe(noon('2026-11-20'));
    expect(addWorkingDays(noon('2026-09-01'), 1)).toBe(noon('2026-09-03'));
    expect(addWorkingDays(noon('2026-11-23'), -1)).toBe(noon('2026-11-20'));
  });

  it('lead forth and back to the same day', () => {
    const days = fc.integer({ min: 1, max: 60 });
    const moments = fc.integer({ min: Date.parse('2025-01-01T00:00:00Z'), max: Date.parse('2030-01-01T00:00:00Z') });
    fc.assert(
      fc.property(moments, days, (at, count) => {
        const start = addWorkingDays(at, 0);
        const end = addWorkingDays(start, count);
        expect(isWorkingDay(end)).toBe(true);
        expect(addWorkingDays(end, -count)).toBe(start);
      }),
    );
  });
});
