// Near-duplicates told apart by one question, and a catalogue that could not be loaded.
import { readApart } from '../../src/flows/procedure-lookup/addresses.js';
import { Citizen } from './citizen.js';
import { town } from './town.js';

/** "cư trú" finds two procedures that this question tells apart. */
function asking(): Citizen {
  const place = town();
  place.catalogue = {
    ...place.catalogue,
    separate: () => ({
      dimension: 'foreign',
      choices: [
        { value: 'none', codes: ['1.004222'] },
        { value: 'foreign', codes: ['1.004194'] },
      ],
    }),
  };
  return new Citizen({ town: place });
}

describe('near-duplicates in a conversation', () => {
  it('are told apart by one question, with a way out', async () => {
    const citizen = asking();
    expect(await citizen.says('thủ tục cư trú')).toContain('Việc này ở trong nước, hay có người nước ngoài?');
    const shown = JSON.stringify(citizen.last.replies);
    for (const title of ['Ở trong nước', 'Có người nước ngoài', 'Không phải các ý này']) expect(shown).toContain(title);
  });

  it.each(['1', 'ở trong nước', 'trong nước'])('take %j for an answer', async (said) => {
    const citizen = asking();
    await citizen.says('thủ tục cư trú');
    expect(await citizen.says(said)).toContain('1.004222');
  });

  it.each([
    ['a feature nobody knows', 'colour', 'none=1.000894/foreign=2.000806'],
    ['one answer', 'foreign', 'none=1.000894'],
    ['no codes', 'foreign', 'none=/foreign=x'],
    ['nothing', undefined, undefined],
  ])('are not read from an address with %s', (_, dimension, groups) => {
    expect(readApart(dimension, groups)).toBeUndefined();
  });
});

describe('without a list of procedures', () => {
  it('nothing is said to be missing in it', async () => {
    const place = town();
    place.catalogue = { ...place.catalogue, size: () => 0, search: () => [], get: () => undefined };
    const citizen = new Citizen({ town: place });
    const heard = await citizen.says('thủ tục khai sinh');
    expect(heard).toContain('chưa tải được danh sách thủ tục');
    expect(await citizen.says('1.001193')).toContain('chưa tải được danh sách thủ tục');
  });
});
