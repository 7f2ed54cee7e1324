/** The staff desk and the API of complaints: worklist, complaint page, its steps, live changes. */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.NamedInterface("pages")
package io.bihuan.complaint.web;
