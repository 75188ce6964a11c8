"""The demonstration: a district in the shape of Yicheng, its people, and a city life that is played through."""
