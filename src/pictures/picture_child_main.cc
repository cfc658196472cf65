#include "pictures/picture_child.h"

int main() { emplettes::pictures::run_picture_child(); }
