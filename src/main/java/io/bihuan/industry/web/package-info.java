/** The pages of packs and business lines. */
@org.jspecify.annotations.NullMarked
package io.bihuan.industry.web;
