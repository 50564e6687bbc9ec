/** Fleet, scenario and seed resolved into numbers and draws: what simulator and lab both execute. */
@NullMarked
package dev.poolwright.model.plan;

import org.jspecify.annotations.NullMarked;
