// Constants of the zip format shared by the reader and the writer. See PKWARE's APPNOTE, including zip64.
// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT

/** Signature and size of each record, without its variable-length fields. */
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

/** Extra field with the sizes and offsets whose regular fields are {@link SEE_EXTRA64}. */
export const EXTRA64 = 0x0001;
export const SEE_EXTRA64 = 0xffffffff;
/** Method of an entry that is not compressed. */
export const STORED = 0;
