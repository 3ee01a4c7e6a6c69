// What a newcomer can try: sentences to tap, beside each phone.
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

/**
 * @param {'zalo'|'messenger'} id
 * @param {string|undefined} dossierCode a dossier of the portal simulator
 */
export function examples(id, dossierCode, say) {
  const all = [...sentences[id]];
  if (dossierCode) all.splice(1, 0, id === 'zalo' ? `hồ sơ ${dossierCode} đến đâu rồi` : dossierCode.toLowerCase());
  return h(
    'div',
    { class: 'examples', role: 'group', 'aria-label': 'Câu gợi ý' },
    h('h2', {}, 'Thử nhắn'),
    h(
      'ul',
      {},
      ...all.map((sentence) =>
        h('li', {}, h('button', { type: 'button', class: 'example', onclick: () => say(sentence) }, sentence)),
      ),
    ),
  );
}
