const answer = { id: 7 };
console.log(answer.id); /* a sample */
