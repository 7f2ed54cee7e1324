package io.bihuan.complaint.web;

/**
 * Which letter the reader of a complaint wants to see.
 *
 * @param name empty for none
 * @param language {@code zh} or {@code en}; empty for that of the reader
 * @param use the form into which it goes; empty for none
 */
record LetterWish(String name, String language, String use) {
    static final LetterWish NONE = new LetterWish("", "", "");
}
