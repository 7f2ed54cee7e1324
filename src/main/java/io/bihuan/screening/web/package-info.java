/** The pages of screening. */
@NullMarked
package io.bihuan.screening.web;

import org.jspecify.annotations.NullMarked;
