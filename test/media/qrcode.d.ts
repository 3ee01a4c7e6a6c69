// The part of the package `qrcode` that the tests use.
declare module 'qrcode' {
  const QRCode: {
    toBuffer(
      text: string,
      options: {
        width?: number;
        margin?: number;
        errorCorrectionLevel?: 'L' | 'M' | 'Q' | 'H';
        color?: { dark: string; light: string };
      },
    ): Promise<Buffer>;
  };
  export default QRCode;
}
