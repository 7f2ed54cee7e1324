/** Texts to phones by the providers: signing, sending, asking, and what they report. */
@NullMarked
package io.bihuan.message.sms;

import org.jspecify.annotations.NullMarked;
