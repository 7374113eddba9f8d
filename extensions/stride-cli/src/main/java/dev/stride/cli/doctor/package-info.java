/** What the machine offers and what it lacks, with remedies. */
@NullMarked
package dev.stride.cli.doctor;

import org.jspecify.annotations.NullMarked;
