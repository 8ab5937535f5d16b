export async function get(path) {
  const answer = await fetch(path);
  return answer.json();
}
