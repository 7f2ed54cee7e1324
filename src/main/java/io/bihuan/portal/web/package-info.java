@NullMarked
package io.bihuan.portal.web;

import org.jspecify.annotations.NullMarked;
