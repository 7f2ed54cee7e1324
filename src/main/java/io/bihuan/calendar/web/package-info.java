/** The pages of calendars and holidays. */
@org.jspecify.annotations.NullMarked
package io.bihuan.calendar.web;
