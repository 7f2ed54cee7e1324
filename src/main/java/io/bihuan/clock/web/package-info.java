/** The pages of clock policies: what is in force, new versions, drafts run over what was. */
@org.jspecify.annotations.NullMarked
package io.bihuan.clock.web;
