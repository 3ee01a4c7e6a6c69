// Words that stand on many of the desk's pages.

export const COMMON = {
  product: 'Một Cửa',
  loading: 'Đang tải …',
  retry: 'Thử lại',
  cancel: 'Hủy',
  close: 'Đóng',
  save: 'Lưu',
  saved: 'Đã lưu',
  confirm: 'Xác nhận',
  more: 'Xem thêm',
  back: 'Quay lại',
  show: 'Hiện',
  hide: 'Ẩn',
  copy: 'Sao chép',
  copied: 'Đã sao chép',
  all: 'Tất cả',
  none: 'Không có',
  failed: 'Chưa tải được',
  nothing: 'Chưa có gì ở đây',
  allAgencies: 'Mọi cơ quan',
  shortcutHint: 'Phím tắt',
} as const;

export const CHANNEL_NAMES = { zalo: 'Zalo', messenger: 'Messenger' } as const;
