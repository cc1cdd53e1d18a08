const thing = { id: 7 };
console.log(thing.id); /* a sample */
