/** The calculators on pages of their own, for the staff and for everybody. */
@NullMarked
package io.bihuan.statute.web;

import org.jspecify.annotations.NullMarked;
