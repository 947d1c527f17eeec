SELECT region,
       COUNT(*) AS orders,
       ROUND(SUM(amount), 2) AS revenue
FROM orders
GROUP BY region
ORDER BY revenue DESC
