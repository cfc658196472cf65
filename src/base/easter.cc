#include "base/easter.h"

#include "base/check.h"

namespace emplettes {

// "Anonymous Gregorian algorithm" (Nature, 20 April 1876), as given by Jean Meeus, Astronomical
// Algorithms, 2nd ed. 1998, chapter 8, after Butcher's Ecclesiastical Calendar and Spencer Jones.
LocalDay easter_sunday(int year) {
    check(year >= 1583);
    const int a = year % 19;
    const int b = year / 100;
    const int c = year % 100;
    const int d = b / 4;
    const int e = b % 4;
    const int f = (b + 8) / 25;
    const int g = (b - f + 1) / 3;
    const int h = (19 * a + b - d - g + 15) % 30;
    const int i = c / 4;
    const int k = c % 4;
    const int l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int month_and_day = h + l - 7 * m + 114;
    return LocalDay{std::chrono::year{year} /
                    std::chrono::month{static_cast<unsigned>(month_and_day / 31)} /
                    std::chrono::day{static_cast<unsigned>(month_and_day % 31 + 1)}};
}

}  // namespace emplettes
