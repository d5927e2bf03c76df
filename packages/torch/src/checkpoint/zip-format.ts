// The numbers of the zip format that its reader and its writer share: PKWARE's APPNOTE, zip64 included.

/** Signatures, and the bytes of each record without the parts whose length it states. */
export const END = 0x06054b50;
export const END_BYTES = 22;
export const LOCATOR64 = 0x07064b50;
export const LOCATOR64_BYTES = 20;
export const END64 = 0x06064b50;
export const END64_BYTES = 56;
export const CENTRAL = 0x02014b50;
export const CENTRAL_BYTES = 46;
export const LOCAL = 0x04034b50;
export const LOCAL_BYTES = 30;

/** The extra field that holds the sizes and offsets whose own fields say {@link SEE_EXTRA64}. */
export const EXTRA64 = 0x0001;
export const SEE_EXTRA64 = 0xffffffff;
/** An entry's method: its bytes lie in the archive as they are. */
export const STORED = 0;
