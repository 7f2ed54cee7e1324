package io.bihuan.complaint.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** A step that needs nothing but its reason. */
record ReasonForm(String version, @NotBlank @Size(max = 2_000) String reason) {}
