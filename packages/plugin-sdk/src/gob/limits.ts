/** Beyond this a message is refused. Mattermost moves a whole file (100 MiB by default) in one message; the rest is room. */
export const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;
/** Values within values. JSON-like props are shallow; the number keeps hostile nesting far from the stack's end. */
export const MAX_NESTING = 200;
/** Elements of all slices and maps of one value. An element can be one byte on the wire and some hundred in memory. */
export const MAX_ELEMENTS_PER_VALUE = 2_000_000;
/** Type definitions of one stream. All of Mattermost's plugin protocol has about 200. */
export const MAX_TYPES_PER_STREAM = 4096;
/** Messages that one value may span; each goes with types met inside an interface, of which Mattermost registers a dozen. */
export const MAX_MESSAGES_PER_VALUE = 128;
/** A registered type's name; Go refuses longer ones as well (encoding/gob decode.go). */
export const MAX_TYPE_NAME_BYTES = 1024;
/** A larger definition is read anew on each stream. Mattermost's largest, its service settings, takes about 5 kB. */
export const MAX_REMEMBERED_DEFINITION_BYTES = 16 * 1024;
/** Definitions remembered across streams; beyond it the memory starts anew, which costs time only. */
export const MAX_REMEMBERED_DEFINITIONS = 4096;
