/** The pages of investigations and of evidence. */
@org.jspecify.annotations.NullMarked
package io.bihuan.investigation.web;
