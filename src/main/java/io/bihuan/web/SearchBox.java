package io.bihuan.web;

/**
 * Where the search box of the staff layout sends its words (GET), a bean of the module that finds.
 *
 * @param parameter name of the query parameter
 * @param placeholderKey text inside the empty box
 */
public record SearchBox(String href, String parameter, String placeholderKey) {}
