package io.bihuan.bulk.web;

import io.bihuan.bulk.Views;
import io.bihuan.web.FieldErrors;
import java.util.List;

/**
 * The views of a person and of the person's department.
 *
 * @param query of the worklist that is to be kept
 * @param department of the person; empty when there is none
 */
public record ViewsPage(
        List<Views.Kept> views, String query, String name, boolean isShared, String department, FieldErrors errors) {}
