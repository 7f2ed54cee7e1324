package io.bihuan.portal.web;

import io.bihuan.web.FieldErrors;
import io.bihuan.web.Option;
import java.util.List;

/** The question whether a complaint shall really be taken back. */
public record WithdrawalPage(
        String path, String number, WithdrawalForm form, List<Option> whys, FieldErrors errors) {}
