/** What an inversion leaves behind: figures as JSON, pictures, and the result. */
@NullMarked
package dev.stride.cli.report;

import org.jspecify.annotations.NullMarked;
