/** Pages of how complaints are solved. */
@NullMarked
package io.bihuan.solution.web;

import org.jspecify.annotations.NullMarked;
