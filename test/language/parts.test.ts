import { trainedLanguage } from './trained-language.js';

describe('a message with several questions', () => {
  let language: ReturnType<typeof trainedLanguage>;
  beforeAll(() => {
    language = trainedLanguage();
  });
  const intentsOf = (text: string) => language.understand(text).parts.map(({ intent }) => intent);

  it.each([
    ['hồ sơ H56.14-240823-0001 tới đâu rồi, với lại làm căn cước cho bé cần gì', ['dossier.track', 'procedure.ask']],
    ['ho so H56.14-240823-0001 toi dau roi voi lai lam can cuoc cho be can gi', ['dossier.track', 'procedure.ask']],
    ['cho em hỏi thủ tục tách thửa, ngoài ra địa chỉ sở xây dựng ở đâu', ['procedure.ask', 'office.contact']],
    ['sổ đỏ bị mất làm lại thế nào?\nhộ chiếu hết hạn gia hạn ở đâu?', ['procedure.ask', 'procedure.ask']],
    ['lam khai sinh can gi con lam can cuoc bao nhieu tien', ['procedure.ask', 'procedure.ask']],
    ['làm lại hộ chiếu cần gì đăng ký thường trú mất bao lâu', ['procedure.ask', 'procedure.ask']],
    ['hồ sơ của tôi tới đâu rồi số điện thoại công an phường bao nhiêu', ['dossier.track', 'office.contact']],
  ])('is cut: %s', (text, intents) => {
    expect(intentsOf(text)).toEqual(intents);
  });

  it.each([
    'Chào ad, làm khai sinh cần gì và phí bao nhiêu',
    'làm hộ chiếu cần gì, bao lâu, bao nhiêu tiền, làm ở đâu, có làm online không',
    'Em ở trọ hai năm, chủ nhà không cho đăng ký tạm trú thì phải làm sao?',
    'em muốn đăng ký kết hôn. Chồng em người Hàn. Cần giấy tờ gì và làm ở đâu ạ',
    'muon lam khai sinh va nhap ho khau cho con can gi',
    'em mất căn cước và bằng lái thì làm lại ở đâu',
    'sở nông nghiệp và môi trường ở đâu',
    'đăng ký kết hôn cần gì làm ở đâu',
    'đổi bằng lái cần giấy tờ gì xin cấp ở đâu',
    'hồ sơ em nộp tháng trước, bị trả lại, giờ cần bổ sung giấy gì',
    'dạ em cảm ơn, cho em hỏi luôn sđt công an phường với ạ',
    'cứu với nhà cháy rồi, với lại hồ sơ của tôi tới đâu rồi',
  ])('is left whole when it asks one thing: %s', (text) => {
    expect(intentsOf(text)).toEqual([]);
  });

  it('keeps what each question asks about to itself', () => {
    const text = 'Chào ad, làm khai sinh cần gì, làm ở đâu, với lại làm hộ chiếu phí bao nhiêu ạ';
    const { parts } = language.understand(text);
    expect(parts.map(({ aspects }) => aspects)).toEqual([['documents', 'where'], ['fee']]);
    expect(parts.map(({ query }) => /hộ chiếu/.test(query))).toEqual([false, true]);
    for (const part of parts) {
      expect(part.text).toBe(text.slice(part.start, part.end));
      for (const entity of part.entities) expect(entity.text).toBe(text.slice(entity.start, entity.end));
    }
    expect(parts[0]?.text).toContain('Chào ad');
    expect(parts[1]?.text).not.toContain('với lại');
  });

  it('never gives one part, nor more than three', () => {
    const question = 'làm khai sinh cần gì? ';
    for (const text of [
      'xin chào',
      question,
      `${question}làm hộ chiếu ở đâu?`,
      'làm khai sinh cần gì? hộ chiếu bao nhiêu tiền? tách thửa ở đâu? đổi bằng lái mấy ngày?',
      question.repeat(60),
    ])
      expect([0, 2, 3]).toContain(language.understand(text).parts.length);
  });
});
