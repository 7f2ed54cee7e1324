/** Pages of compensation: on a complaint, budgets, vouchers, payouts, figures; and the API of vouchers. */
@NullMarked
package io.bihuan.compensation.web;

import org.jspecify.annotations.NullMarked;
