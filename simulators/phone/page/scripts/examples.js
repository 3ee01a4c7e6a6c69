// What a newcomer can try: sentences to tap beside each phone, and dossiers that the portal simulator really has.
import { h } from './dom.js';

const sentences = {
  zalo: [
    'lam giay khai sinh cho con can gi',
    'mất bằng lái xe',
    'đăng ký kết hôn hết bao nhiêu tiền',
    'xác nhận tình trạng hôn nhân mất mấy ngày',
    'menu',
  ],
  messenger: [
    'Tôi muốn làm lại căn cước',
    'thủ tục khai tử cần giấy tờ gì',
    'đăng ký tạm trú ở đâu',
    'mất bằng lái xe',
    'menu',
  ],
};

/** Which dossiers of the portal's hints stand beside which phone. */
const situations = {
  zalo: { supplement: 'Cần bổ sung giấy tờ', overdue: 'Quá hạn' },
  messenger: { ready: 'Chờ nhận kết quả', 'in-progress': 'Đang xử lý' },
};

/** A code as people copy it by hand: the bot must still find it. */
const asTyped = { zalo: (code) => `hồ sơ ${code} đến đâu rồi`, messenger: (code) => code.toLowerCase() };

/**
 * @param {'zalo'|'messenger'} id
 * @param {{ dossiers?: { situation: string, code: string, proof: string }[], phones?: { phone: string }[] }} hints of the portal simulator
 */
export function examples(id, { dossiers = [], phones = [] }, say) {
  const button = (text, label = text) =>
    h('button', { type: 'button', class: 'example', onclick: () => say(text) }, label);
  const samples = Object.entries(situations[id]).flatMap(([situation, words]) => {
    const dossier = dossiers.find((one) => one.situation === situation);
    return dossier ? [{ ...dossier, words }] : [];
  });
  const owner = phones[id === 'zalo' ? 0 : 1];
  const first = samples[0];
  const all = [...sentences[id]];
  if (first) all.splice(1, 0, asTyped[id](first.code));
  return h(
    'div',
    { class: 'examples' },
    h('h2', {}, 'Thử nhắn'),
    h('ul', { 'aria-label': 'Câu gợi ý' }, ...all.map((sentence) => h('li', {}, button(sentence)))),
    samples.length > 0 &&
      h(
        'dl',
        { class: 'samples' },
        h('dt', { class: 'samples-title' }, 'Hồ sơ mẫu'),
        ...samples.map((sample) =>
          h(
            'dd',
            {},
            h('span', {}, sample.words),
            button(sample.code),
            h('span', {}, '4 số cuối điện thoại ', button(sample.proof)),
          ),
        ),
        owner && h('dd', {}, h('span', {}, 'Nhiều hồ sơ'), button(owner.phone), h('span', {}, 'mã đến bằng SMS')),
      ),
  );
}
