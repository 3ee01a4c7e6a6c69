// The baseline: plain BM25 over the procedures' names, words as they are written. What our search must beat, and nothing more.
const K1 = 1.2;
const B = 0.75;

const wordsOf = (text) =>
  text
    .toLowerCase()
    .normalize('NFC')
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** @returns codes for a query, best first, at most `limit` */
export function createBm25(documents, spell = (text) => text) {
  const lengths = [];
  const postings = new Map();
  documents.forEach(({ name }, number) => {
    const words = wordsOf(spell(name));
    lengths.push(words.length);
    for (const word of words) {
      const counts = postings.get(word) ?? postings.set(word, new Map()).get(word);
      counts.set(number, (counts.get(number) ?? 0) + 1);
    }
  });
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  return (query, limit = 10) => {
    const scores = new Map();
    for (const word of new Set(wordsOf(spell(query)))) {
      const counts = postings.get(word) ?? new Map();
      const rarity = Math.log(1 + (documents.length - counts.size + 0.5) / (counts.size + 0.5));
      for (const [number, count] of counts) {
        const score = (rarity * count * (K1 + 1)) / (count + K1 * (1 - B + (B * lengths[number]) / average));
        scores.set(number, (scores.get(number) ?? 0) + score);
      }
    }
    const ranked = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return ranked.slice(0, limit).map(([number]) => documents[number].code);
  };
}
