/** The pages of bulk work, macros and saved views. */
@NullMarked
package io.bihuan.bulk.web;

import org.jspecify.annotations.NullMarked;
