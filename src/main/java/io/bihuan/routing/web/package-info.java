@NullMarked
package io.bihuan.routing.web;

import org.jspecify.annotations.NullMarked;
