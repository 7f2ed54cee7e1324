/** The pages of tasks, teams, the discussion and the thread with the customer. */
@NullMarked
package io.bihuan.teamwork.web;

import org.jspecify.annotations.NullMarked;
