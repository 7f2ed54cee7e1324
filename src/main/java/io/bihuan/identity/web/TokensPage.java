package io.bihuan.identity.web;

import io.bihuan.identity.Token;
import io.bihuan.web.FieldErrors;
import java.time.Instant;
import java.util.List;

/** All tokens, and a form for one more. */
public record TokensPage(List<Token> tokens, TokenForm form, FieldErrors errors, Instant now) {}
