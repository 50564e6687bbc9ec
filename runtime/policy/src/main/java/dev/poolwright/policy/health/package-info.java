/** Whether the database, the retries and the borrowers behave: decisions that are told the time. */
@NullMarked
package dev.poolwright.policy.health;

import org.jspecify.annotations.NullMarked;
