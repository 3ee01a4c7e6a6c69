// Words that stand on many of the desk's pages.

export const COMMON = {
  product: 'Một Cửa',
  loading: 'Đang tải …',
  retry: 'Thử lại',
  cancel: 'Hủy',
  close: 'Đóng',
  confirm: 'Xác nhận',
  more: 'Xem thêm',
  back: 'Quay lại',
  show: 'Hiện',
  hide: 'Ẩn',
  copied: 'Đã sao chép',
  all: 'Tất cả',
  failed: 'Chưa tải được',
  nothing: 'Chưa có gì ở đây',
  allAgencies: 'Mọi cơ quan',
} as const;

export const CHANNEL_NAMES = { zalo: 'Zalo', messenger: 'Messenger' } as const;
