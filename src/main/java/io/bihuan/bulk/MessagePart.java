package io.bihuan.bulk;

import io.bihuan.standard.Letter.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * Something to be told to the customer.
 *
 * @param words with the places of letters; null: the letter of the complaint's pack for the purpose
 */
public record MessagePart(Purpose purpose, @Nullable String words) {}
