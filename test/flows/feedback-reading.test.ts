// What the words of a report are taken for: codes, places, names, categories, other doors.
import { suggested } from '../../src/flows/feedback/categories.js';
import { reportCode, reportCodeIn } from '../../src/flows/feedback/code.js';
import { doorFor } from '../../src/flows/feedback/doors.js';
import { isAlike, nameIn, placePhrase, tellsEnough } from '../../src/flows/feedback/reading.js';
import { plainWords } from '../../src/flows/heard.js';
import { categories } from './town.js';

it('gives an event always the same readable code, and different events different ones', () => {
  expect(reportCode('messenger:1:2:mid.3')).toBe(reportCode('messenger:1:2:mid.3'));
  expect(reportCode('e', 1)).not.toBe(reportCode('e', 0));
  const codes = Array.from({ length: 2000 }, (_, i) => reportCode(`event ${i}`));
  for (const code of codes) expect(code).toMatch(/^PA-[2-9A-HJ-NP-Z]{4}-[2-9]{2}$/);
  expect(new Set(codes).size).toBe(codes.length);
});

it.each([
  ['mã PA-7K3F-92 tới đâu rồi', 'PA-7K3F-92'],
  ['pa7k3f92', 'PA-7K3F-92'],
  ['pa 7k3f 92', 'PA-7K3F-92'],
  ['PA-7K3F', undefined],
  ['spa-7k3f-92', undefined],
  ['phản ánh của tôi', undefined],
])('reads the code in “%s”', (text, code) => expect(reportCodeIn(text)).toBe(code));

it.each([
  ['ổ gà trên đường Lê Lợi gần chợ Mỹ Xuyên đã lâu không sửa', 'đường Lê Lợi gần chợ Mỹ Xuyên'],
  ['đèn đường trước chợ Long Hòa hỏng', 'trước chợ Long Hòa'],
  ['rác ở hẻm 12 Trần Phú bốc mùi', 'hẻm 12 Trần Phú'],
  ['rac truoc truong hoc xom 3 hoi qua', 'truoc truong hoc xom 3'],
  ['gan cho hoi an 2 bi ngap', 'gan cho hoi an 2'],
  ['đường hỏng nặng quá', undefined],
  ['cán bộ quát dân', undefined],
])('finds the place in “%s”', (text, place) => expect(placePhrase(text)).toBe(place));

it.each([
  ['tôi tên Nguyễn Văn An, sđt 0912345678', false, 'Nguyễn Văn An'],
  ['Trần Thị Bé Ba 0912345678', true, 'Trần Thị Bé Ba'],
  ['le van tam', true, 'Le Van Tam'],
  ['tôi là người dân xóm 3', false, undefined],
  ['không muốn cho', true, undefined],
])('finds the name in “%s”', (text, alone, name) => expect(nameIn(text, alone)).toBe(name));

it.each([
  ['tôi muốn phản ánh', false],
  ['cho em góp ý xíu', false],
  ['rác đổ đầy đường', true],
  ['den duong hu r', true],
])('knows whether “%s” tells something', (text, enough) => expect(tellsEnough(plainWords(text))).toBe(enough));

it.each([
  ['đèn đường hỏng', 'dien-nuoc'],
  ['đường hỏng', 'ha-tang'],
  ['hàng xóm hát karaoke ồn ào', 'moi-truong'],
  ['nhân viên một cửa hách dịch', 'can-bo'],
  ['xây nhà lấn chiếm vỉa hè', 'do-thi'],
  ['rác đổ đầy đường trước trường học', 'moi-truong'],
  ['trường học lạm thu', 'giao-duc'],
])('suggests a category for “%s”', (text, id) => expect(suggested(categories, plainWords(text))[0]?.id).toBe(id));

it.each([
  ['tôi muốn tố cáo chủ tịch xã', 'denunciation'],
  ['tôi muốn khiếu nại quyết định xử phạt', 'complaint'],
  ['có tụ điểm đánh bạc', 'crime'],
  ['khiếu nại tiền điện tăng cao', 'complaint'],
  ['rác đổ đầy đường', undefined],
])('knows the door for “%s”', (text, door) => expect(doorFor(plainWords(text))).toBe(door));

it('takes two reports for the same by their words', () => {
  expect(isAlike('Đèn đường trước chợ hỏng cả tuần', 'đèn đường trước chợ hỏng cả tuần rồi')).toBe(true);
  expect(isAlike('Đèn đường trước chợ hỏng', 'Rác trước chợ hôi thối')).toBe(false);
});
